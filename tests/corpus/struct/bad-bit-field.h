struct S { unsigned a : 3, b : 5; };
