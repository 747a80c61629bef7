struct Point {
  int x, y;
};

class Grid {
 public:
  explicit Grid(int size) : size_(size) {
    corner_.y = 7;
    cells_ = new char[4];
  }
  Grid(const Grid&) = delete;
  Grid& operator=(const Grid&) = delete;
  ~Grid() { delete[] cells_; }

 private:
  int size_;
  Point corner_;
  char* cells_;
};

Point made(int x) {
  Point point;
  point.x = x;
  point.y = x;
  return point;
}

int main() {
  Grid grid(5);
  Point back = made(2);
  int* gone = new int(1);
  delete gone;
  int* left = new int(back.x);
  return *left - 2;
}
