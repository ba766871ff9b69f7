// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_OFFICE_HPP
#define SIFANG_OFFICE_HPP

/// \file
/// Files of office programs: spreadsheets as tables, results as workbooks and databases, rosters as calendars, event logs. Target
/// `sifang::office`, which needs libzip, pugixml, libxlsxwriter, libical and SQLite.

#include "sifang/office/archive.hpp"
#include "sifang/office/calendar_file.hpp"
#include "sifang/office/number_format.hpp"
#include "sifang/office/results_database.hpp"
#include "sifang/office/results_database_reader.hpp"
#include "sifang/office/results_schema.hpp"
#include "sifang/office/results_workbook.hpp"
#include "sifang/office/roster_calendars.hpp"
#include "sifang/office/sqlite.hpp"
#include "sifang/office/workbook.hpp"
#include "sifang/office/xes_reader.hpp"
#include "sifang/office/xlsx.hpp"

#endif
