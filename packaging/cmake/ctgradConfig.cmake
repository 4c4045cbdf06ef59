# SPDX-License-Identifier: BSL-1.0
#
# What find_package(ctgrad) reads: the target ctgrad::ctgrad, and the headers of Boost that it needs.
cmake_policy(VERSION 3.21...3.30)
if(NOT TARGET Boost::headers)
    include(CMakeFindDependencyMacro)
    find_dependency(Boost)
endif()
include("${CMAKE_CURRENT_LIST_DIR}/ctgradTargets.cmake")
