struct S { int a[0]; };
