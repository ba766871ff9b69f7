# Targets sifang_libzip and sifang_pugixml, what `sifang/office/` needs of others: there if libzip and pugixml are found. The package that libzip
# installs for CMake is not asked, as Debian's fails where the tools of libzip are not installed.
if(NOT TARGET sifang_libzip AND NOT CMAKE_DISABLE_FIND_PACKAGE_libzip)
  find_path(SIFANG_LIBZIP_INCLUDE_DIR zip.h)
  find_library(SIFANG_LIBZIP_LIBRARY zip)
  mark_as_advanced(SIFANG_LIBZIP_INCLUDE_DIR SIFANG_LIBZIP_LIBRARY)
  if(SIFANG_LIBZIP_INCLUDE_DIR AND SIFANG_LIBZIP_LIBRARY)
    add_library(sifang_libzip UNKNOWN IMPORTED)
    set_target_properties(sifang_libzip PROPERTIES
      IMPORTED_LOCATION "${SIFANG_LIBZIP_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${SIFANG_LIBZIP_INCLUDE_DIR}")
  endif()
endif()
if(NOT TARGET sifang_pugixml)
  find_package(pugixml QUIET)
  if(TARGET pugixml::pugixml)
    add_library(sifang_pugixml INTERFACE IMPORTED)
    set_target_properties(sifang_pugixml PROPERTIES INTERFACE_LINK_LIBRARIES pugixml::pugixml)
  endif()
endif()
