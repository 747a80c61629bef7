struct S { int a; struct { char b; long a; }; };
