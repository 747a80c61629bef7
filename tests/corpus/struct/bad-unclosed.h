struct S { struct T { int a;
