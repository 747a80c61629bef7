#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>

namespace heapyard {

/// The number that is `digits` over 10 to their count, times `factor`, which is 2 or 5: a digit more in front at most.
inline bool multiply(std::string& digits, int factor) {
  int carry = 0;
  for (std::size_t i = digits.size(); i-- > 0; carry /= 10) {
    carry += (digits[i] - '0') * factor;
    digits[i] = static_cast<char>('0' + carry % 10);
  }
  if (carry != 0) digits.insert(digits.begin(), static_cast<char>('0' + carry));
  return carry != 0;
}

/// A number as C's `%g` writes it: six digits, and an exponent where there would be many zeros. The core writes no
/// others, and printf with all that it can do would be a fifteenth of what a lesson of the page weighs.
inline std::string decimal(double value) {
  constexpr std::size_t most = 6;
  std::uint64_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  std::string text(std::signbit(value) ? "-" : "");
  if (std::isnan(value)) return text + "nan";
  if (std::isinf(value)) return text + "inf";

  // Mantissa times 2 to an exponent, digit by digit, so that it is exact. `point` digits stand before the point.
  const auto biased = static_cast<int>(bits >> 52 & 0x7ff);
  std::uint64_t mantissa = bits & ((std::uint64_t{1} << 52) - 1);
  if (biased != 0) mantissa |= std::uint64_t{1} << 52;
  int exponent = std::max(biased, 1) - 1075;
  if (mantissa == 0) return text + '0';
  for (; mantissa % 2 == 0; ++exponent) mantissa /= 2;
  std::string digits;
  for (; mantissa != 0; mantissa /= 10) digits.insert(digits.begin(), static_cast<char>('0' + mantissa % 10));
  auto point = static_cast<int>(digits.size());
  for (; exponent > 0; --exponent) point += multiply(digits, 2);
  for (; exponent < 0; ++exponent) point += multiply(digits, 5) - 1;

  if (digits.size() > most) {
    // What lies in the middle goes to the even digit.
    const bool tie = digits[most] == '5' && digits.find_first_not_of('0', most + 1) == std::string::npos;
    const bool up = tie ? digits[most - 1] % 2 != 0 : digits[most] >= '5';
    digits.resize(most);
    std::size_t last = most;
    while (up && last > 0 && ++digits[--last] > '9') digits[last] = '0';
    if (up && digits[0] == '0') {
      digits[0] = '1';
      ++point;
    }
  }
  digits.resize(digits.find_last_not_of('0') + 1);

  const auto count = static_cast<int>(digits.size());
  const int power = point - 1;
  if (power >= -4 && power < static_cast<int>(most)) {
    if (point <= 0) return text + "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    if (count <= point) return text + digits + std::string(static_cast<std::size_t>(point - count), '0');
    return text + digits.insert(static_cast<std::size_t>(point), 1, '.');
  }
  if (count > 1) digits.insert(1, 1, '.');
  const int size = std::abs(power);
  text += digits;
  text += power < 0 ? "e-" : "e+";
  if (size >= 100) text += static_cast<char>('0' + size / 100);
  text += static_cast<char>('0' + size / 10 % 10);
  return text + static_cast<char>('0' + size % 10);
}

}  // namespace heapyard
