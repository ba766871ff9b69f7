// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_HPP
#define SIFANG_IO_HPP

/// \file
/// Texts and files: scenarios, counties, recorded case loads, results, rosters.

#include "sifang/io/message_text.hpp"
#include "sifang/io/text_file.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/io/file_lock.hpp"
#include "sifang/io/results_place.hpp"
#include "sifang/io/output_directory.hpp"
#include "sifang/io/file_in_the_making.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/number_list.hpp"
#include "sifang/io/text_table.hpp"
#include "sifang/io/toml_text.hpp"
#include "sifang/io/parameter_reader.hpp"
#include "sifang/io/scenario_keys.hpp"
#include "sifang/io/scenario_setting.hpp"
#include "sifang/io/scenario_file.hpp"
#include "sifang/io/scenario_reference.hpp"
#include "sifang/io/county.hpp"
#include "sifang/io/planning_input.hpp"
#include "sifang/io/county_tables.hpp"
#include "sifang/io/case_load_file.hpp"
#include "sifang/io/planned_world.hpp"
#include "sifang/io/input_print.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/io/setting_text.hpp"
#include "sifang/io/scenario_check.hpp"
#include "sifang/io/roster.hpp"
#include "sifang/io/planned_roster.hpp"
#include "sifang/io/table_column.hpp"
#include "sifang/io/ledger_file.hpp"
#include "sifang/io/event_log_file.hpp"
#include "sifang/io/json_writer.hpp"
#include "sifang/io/results_shape.hpp"
#include "sifang/io/results_json.hpp"
#include "sifang/io/results.hpp"
#include "sifang/io/report.hpp"
#include "sifang/io/results_reader.hpp"
#include "sifang/io/study_results.hpp"
#include "sifang/io/result_tables.hpp"

#endif
