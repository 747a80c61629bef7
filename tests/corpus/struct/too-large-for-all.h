struct Row { long double a[0x100000]; };
struct Table { struct Row rows[0x100000]; };
struct Tables { struct Table tables[0x100000]; };
