struct Large {
  char buffer[4096];
  double samples[100][3];
  char end;
};
struct Larger { struct Large parts[1000]; short tail; };
