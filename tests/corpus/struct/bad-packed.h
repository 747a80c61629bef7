struct __attribute__((packed)) S { char a; int b; };
