struct S { int a; }; };
