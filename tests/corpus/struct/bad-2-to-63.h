struct S { char a[9223372036854775808]; };
