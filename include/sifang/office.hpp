// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_OFFICE_HPP
#define SIFANG_OFFICE_HPP

/// \file
/// Files of office programs: spreadsheets as tables, event logs. Target `sifang::office`, which needs libzip, pugixml, libxlsxwriter,
/// libical and SQLite.

#include "sifang/office/archive.hpp"
#include "sifang/office/number_format.hpp"
#include "sifang/office/xes_reader.hpp"
#include "sifang/office/xlsx.hpp"

#endif
