# `cmake --build DIR --target sifang_amalgamation` makes DIR/single_include/sifang/sifang.hpp: the library in one file.
find_package(Python3 COMPONENTS Interpreter QUIET)
if(Python3_FOUND)
  add_custom_target(sifang_amalgamation
    COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/cmake/amalgamate.py sifang/sifang.hpp
      ${PROJECT_BINARY_DIR}/single_include/sifang/sifang.hpp
    COMMENT "Making one header of the library" VERBATIM)
endif()
