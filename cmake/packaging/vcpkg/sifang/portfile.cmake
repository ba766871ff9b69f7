# An overlay port that builds the checkout it stands in:
#   vcpkg install sifang[io] --overlay-ports=cmake/packaging/vcpkg
get_filename_component(SOURCE_PATH "${CURRENT_PORT_DIR}/../../../.." ABSOLUTE)
set(VCPKG_BUILD_TYPE release)  # headers only
vcpkg_cmake_configure(SOURCE_PATH "${SOURCE_PATH}"
  OPTIONS -DSIFANG_BUILD_TESTS=OFF -DSIFANG_BUILD_PROGRAM=OFF -DSIFANG_BUILD_EXAMPLES=OFF -DSIFANG_BUILD_BENCH=OFF -DSIFANG_INSTALL=ON)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(CONFIG_PATH lib/cmake/sifang)
file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/lib")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
