typedef unsigned char u8;
typedef u8 mac[6];
typedef int (*compare)(const void *, const void *);
typedef struct Node Node;
struct Node { Node *next; mac address; compare order; };
typedef struct { Node first; mac all[3]; } List, *ListPointer;
struct Owner { List list; ListPointer other; struct Unknown *unknown; };
