# Warnings for the project's own translation units, and the same bytes from every compiler; users of the headers see neither.
add_library(sifang_warnings INTERFACE)
target_link_libraries(sifang_warnings INTERFACE sifang::reproducible)
target_compile_options(sifang_warnings INTERFACE
  $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-Wall -Wextra -Wpedantic -Wconversion -Wshadow>)
# GCC 12 warns of strings that are sound (its bugs 105562, 105593, 105651).
target_compile_options(sifang_warnings INTERFACE "$<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized;-Wno-restrict>")
option(SIFANG_WARNINGS_AS_ERRORS "Treat warnings of the project's own code as errors" OFF)
if(SIFANG_WARNINGS_AS_ERRORS)
  target_compile_options(sifang_warnings INTERFACE -Werror)
endif()
