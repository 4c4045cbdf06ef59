# SPDX-License-Identifier: BSL-1.0
#
# cmake -DROOT=... -DFOLDER=... -P vcpkg_stubs.cmake: runs the port with functions that do what those of vcpkg do for it.
cmake_minimum_required(VERSION 3.21)
set(PORT ctgrad)
set(CURRENT_PORT_DIR "${ROOT}/packaging/vcpkg")
set(CURRENT_PACKAGES_DIR "${FOLDER}/packages")

function(vcpkg_cmake_configure)
    cmake_parse_arguments(PARSE_ARGV 0 "" "" "SOURCE_PATH" "OPTIONS")
    if(_UNPARSED_ARGUMENTS OR NOT VCPKG_BUILD_TYPE STREQUAL "release")
        message(FATAL_ERROR "vcpkg_cmake_configure(${ARGV})")
    endif()
    execute_process(
        COMMAND "${CMAKE_COMMAND}" -G Ninja -S "${_SOURCE_PATH}" -B "${FOLDER}/build" "-DCMAKE_INSTALL_PREFIX=${CURRENT_PACKAGES_DIR}"
                ${_OPTIONS} COMMAND_ERROR_IS_FATAL ANY)
endfunction()
function(vcpkg_cmake_install)
    execute_process(COMMAND "${CMAKE_COMMAND}" --install "${FOLDER}/build" COMMAND_ERROR_IS_FATAL ANY)
endfunction()
function(vcpkg_cmake_config_fixup)
    cmake_parse_arguments(PARSE_ARGV 0 "" "" "CONFIG_PATH" "")
    file(MAKE_DIRECTORY "${CURRENT_PACKAGES_DIR}/share")
    file(RENAME "${CURRENT_PACKAGES_DIR}/${_CONFIG_PATH}" "${CURRENT_PACKAGES_DIR}/share/${PORT}")
endfunction()
function(vcpkg_install_copyright)
    cmake_parse_arguments(PARSE_ARGV 0 "" "" "" "FILE_LIST")
    file(COPY_FILE "${_FILE_LIST}" "${CURRENT_PACKAGES_DIR}/share/${PORT}/copyright")
endfunction()

include("${ROOT}/packaging/vcpkg/portfile.cmake")
