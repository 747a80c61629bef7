struct S { int n; char data[]; };
