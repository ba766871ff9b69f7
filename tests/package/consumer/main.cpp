// A stranger's program: one header, a policy of its own, a reception day.
#include <sifang/sifang.hpp>

#include <iostream>

struct nobody {
  sifang::official_id owner(const sifang::ownership_request&, const sifang::caseload_view&) const { return {}; }
};
static_assert(sifang::ownership_policy<nobody>);

int main() {
  using namespace sifang;
  const auto fifteenth = recurrence::day_of_month(15);
  for (day d : fifteenth.days(day(2022, 9, 1), day(2022, 9, 30))) std::cout << to_string(d) << '\n';
}
