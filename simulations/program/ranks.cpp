// SPDX-License-Identifier: BSL-1.0
#include "ranks.hpp"

#include <cstdlib>
#include <iostream>
#include <memory>
#include <string_view>
#include <vector>

namespace sifang_program {

namespace {

/// Ranks that whoever started this process says there are; 0 if it was started alone. MPI is not asked: to begin it takes
/// longer than a short run.
[[nodiscard]] int ranks_started() {
  for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "MPI_LOCALNRANKS"}) {
    if (const char* text = std::getenv(name)) return std::atoi(text);
  }
  return std::getenv("PMIX_RANK") != nullptr || std::getenv("PMI_RANK") != nullptr ? 2 : 0;
}

void be_silent() {
  std::cout.setstate(std::ios::badbit);
  std::cerr.setstate(std::ios::badbit);
}

#ifdef SIFANG_PROGRAM_WITH_MPI
std::unique_ptr<sifang::mpi_session> session;
#endif

}  // namespace

int begin_ranks() {
  if (ranks_started() <= 1) return done;
#ifdef SIFANG_PROGRAM_WITH_MPI
  session = std::make_unique<sifang::mpi_session>();
  if (!first_rank()) be_silent();
  return done;
#else
  for (const char* name : {"OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK"}) {
    if (const char* text = std::getenv(name); text != nullptr && std::string_view(text) != "0") be_silent();
  }
  std::cerr << "sifang was built without MPI and cannot share work with other ranks (build it with -DSIFANG_WITH_MPI=ON)\n"
               "sifang 编译时未启用 MPI，无法与其他进程分担工作（请用 -DSIFANG_WITH_MPI=ON 编译）\n";
  return failed;
#endif
}

#ifdef SIFANG_PROGRAM_WITH_MPI

bool first_rank() noexcept { return !session || session->rank() == 0; }
bool many_ranks() noexcept { return session && session->size() > 1; }

int agree(const options& o, int code, std::uint64_t input) {
  if (!many_ranks()) return code;
  const std::vector<std::uint64_t> codes = session->all(static_cast<std::uint64_t>(code)), inputs = session->all(input);
  if (codes[0] != done) return static_cast<int>(codes[0]);
  for (std::size_t r = 1; r < codes.size(); ++r) {
    if (codes[r] == done && inputs[r] == inputs[0]) continue;
    std::cerr << pick(o, "rank ", "进程 ") << r
              << pick(o, ": expected the same files as on the machine of rank 0; found others, or none\n",
                      "：应与 0 号进程所在机器的文件相同；实际不同或没有\n");
    return failed;
  }
  return done;
}

std::size_t shared_by_first(std::size_t value) { return many_ranks() ? static_cast<std::size_t>(session->all(value).front()) : value; }
void share_of_first(std::vector<std::uint64_t>& numbers) {
  if (many_ranks()) session->share(numbers);
}

int leave_ranks(int code) {
  if (many_ranks()) {
    const std::vector<std::uint64_t> codes = session->all(static_cast<std::uint64_t>(code));
    if (codes[0] != done)
      code = static_cast<int>(codes[0]);
    else if (std::any_of(codes.begin(), codes.end(), [](std::uint64_t c) { return c != done; }))
      code = failed;
  }
  session.reset();
  return code;
}

void abort_ranks() noexcept {
  if (many_ranks()) session->abort(failed);
}

#else

bool first_rank() noexcept { return true; }
bool many_ranks() noexcept { return false; }
int agree(const options&, int code, std::uint64_t) { return code; }
std::size_t shared_by_first(std::size_t value) { return value; }
void share_of_first(std::vector<std::uint64_t>&) {}
int leave_ranks(int code) { return code; }
void abort_ranks() noexcept {}

#endif

}  // namespace sifang_program
