#pragma pack(push, 1)
struct S { char a; int b; };
