struct S { unit8_t a; };
