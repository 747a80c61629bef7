typedef struct Point { double x, y; } Point;
struct Shape {
  char kind;
  Point corners[4];
  struct Style { unsigned char r, g, b; float width; } style;
  struct { short low; char high; };
  struct { struct { char deep; long deeper; } inner[2]; char last; } outer;
  struct Shape *next, *previous;
};
