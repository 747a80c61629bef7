// À¯
struct S { int a; };
