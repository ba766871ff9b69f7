# The two library targets. Both are header-only.
find_package(Boost 1.74 REQUIRED)
find_package(range-v3 REQUIRED)
find_package(TBB REQUIRED)

add_library(sifang INTERFACE)
add_library(sifang::sifang ALIAS sifang)
target_compile_features(sifang INTERFACE cxx_std_20)
target_include_directories(sifang INTERFACE
  $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>
  $<INSTALL_INTERFACE:include>)
target_link_libraries(sifang INTERFACE Boost::headers range-v3::range-v3 TBB::tbb)
# Equal bytes from GCC and Clang: no fused multiply-add where the source has none.
target_compile_options(sifang INTERFACE
  $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-ffp-contract=off>)

find_package(tomlplusplus REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
add_library(sifang_io INTERFACE)
add_library(sifang::io ALIAS sifang_io)
set_target_properties(sifang_io PROPERTIES EXPORT_NAME io)
target_link_libraries(sifang_io INTERFACE sifang tomlplusplus::tomlplusplus nlohmann_json::nlohmann_json)
