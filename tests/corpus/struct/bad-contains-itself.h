struct S { struct T { struct S s[2]; } t; };
