# The library targets, all header-only. sifang::engine needs the standard library alone; sifang::io is there where the
# libraries of its file formats are.
if(POLICY CMP0167)
  cmake_policy(SET CMP0167 NEW)  # Boost is found by its own config file, as CMake's module for it goes away
endif()
find_package(Boost 1.74 REQUIRED)
find_package(range-v3 REQUIRED)
find_package(Threads REQUIRED)

add_library(sifang_engine INTERFACE)
add_library(sifang::engine ALIAS sifang_engine)
set_target_properties(sifang_engine PROPERTIES EXPORT_NAME engine)
target_compile_features(sifang_engine INTERFACE cxx_std_20)
target_include_directories(sifang_engine INTERFACE
  $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>
  $<INSTALL_INTERFACE:include>)

add_library(sifang INTERFACE)
add_library(sifang::sifang ALIAS sifang)
target_link_libraries(sifang INTERFACE sifang_engine Boost::headers range-v3::range-v3 Threads::Threads)

# Link it too for results that are the same bytes from GCC and Clang, also for processors with fused multiply-add
# (-march=native, ARM): no multiplication and addition become one where the source has two. docs/architecture.md,
# "Determinism", says what the bytes promise with and without it.
add_library(sifang_reproducible INTERFACE)
add_library(sifang::reproducible ALIAS sifang_reproducible)
set_target_properties(sifang_reproducible PROPERTIES EXPORT_NAME reproducible)
target_compile_options(sifang_reproducible INTERFACE $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-ffp-contract=off>)

find_package(tomlplusplus QUIET)
find_package(nlohmann_json 3.11 QUIET)
if(tomlplusplus_FOUND AND nlohmann_json_FOUND)
  add_library(sifang_io INTERFACE)
  add_library(sifang::io ALIAS sifang_io)
  set_target_properties(sifang_io PROPERTIES EXPORT_NAME io)
  target_link_libraries(sifang_io INTERFACE sifang nlohmann_json::nlohmann_json)
  if(SIFANG_TOML_HEADER_ONLY)  # systems that have it as a shared library alone, for programs that are linked statically
    get_target_property(toml_folder tomlplusplus::tomlplusplus INTERFACE_INCLUDE_DIRECTORIES)
    if(toml_folder)
      target_include_directories(sifang_io SYSTEM INTERFACE "$<BUILD_INTERFACE:${toml_folder}>")
    endif()
    target_compile_definitions(sifang_io INTERFACE TOML_HEADER_ONLY=1)
  else()
    target_link_libraries(sifang_io INTERFACE tomlplusplus::tomlplusplus)
  endif()
elseif(SIFANG_BUILD_TESTS OR SIFANG_BUILD_PROGRAM OR SIFANG_BUILD_EXAMPLES OR SIFANG_BUILD_BENCH)
  message(FATAL_ERROR "tomlplusplus and nlohmann_json 3.11 are needed for sifang::io; without them only the library "
    "sifang::sifang can be had (SIFANG_BUILD_TESTS, SIFANG_BUILD_PROGRAM, SIFANG_BUILD_EXAMPLES and SIFANG_BUILD_BENCH all OFF)")
endif()
