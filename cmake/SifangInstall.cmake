# Headers, CMake package, pkg-config file; with the program also its scenarios.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp")
install(TARGETS sifang sifang_io EXPORT sifang_targets)
install(EXPORT sifang_targets NAMESPACE sifang:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/sifang)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/sifang-config.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/sifang-config.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/sifang)
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/sifang-config-version.cmake COMPATIBILITY SameMajorVersion ARCH_INDEPENDENT)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/sifang-config.cmake ${CMAKE_CURRENT_BINARY_DIR}/sifang-config-version.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/sifang)
configure_file(${CMAKE_CURRENT_LIST_DIR}/sifang.pc.in ${CMAKE_CURRENT_BINARY_DIR}/sifang.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/sifang.pc DESTINATION ${CMAKE_INSTALL_DATADIR}/pkgconfig)
if(TARGET sifang_program)
  install(TARGETS sifang_program)
  install(DIRECTORY simulations/scenarios/ DESTINATION ${CMAKE_INSTALL_DATADIR}/sifang/scenarios)
endif()
