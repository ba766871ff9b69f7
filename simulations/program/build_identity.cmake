# Writes OUTPUT: a source that defines build_identity(), a hash of the names and contents of all headers of the library and
# all sources of the program. cmake -DSOURCE=… -DOUTPUT=… -P build_identity.cmake
file(GLOB_RECURSE sources RELATIVE ${SOURCE} ${SOURCE}/include/*.hpp ${SOURCE}/simulations/program/*.?pp)
list(SORT sources)
set(all "")
foreach(source IN LISTS sources)
  file(SHA256 ${SOURCE}/${source} hash)
  string(APPEND all "${source} ${hash}\n")
endforeach()
string(SHA256 identity "${all}")
string(SUBSTRING ${identity} 0 16 identity)
set(text "// Made by build_identity.cmake.
#include \"build_identity.hpp\"

namespace sifang_program {
std::string_view build_identity() noexcept { return \"${identity}\"; }
}  // namespace sifang_program
")
file(WRITE ${OUTPUT} "${text}")
