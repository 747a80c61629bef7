struct S { union { int a; float b; } u; };
