#include "app.hpp"

int main(int argument_count, char** arguments) {
  return heapyard::cli::run(argument_count, arguments);
}
