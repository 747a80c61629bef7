struct S { int a; /* };
