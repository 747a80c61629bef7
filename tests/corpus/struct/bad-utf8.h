struct S { int a; }; // Ã(
