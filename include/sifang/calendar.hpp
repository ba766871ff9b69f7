// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CALENDAR_HPP
#define SIFANG_CALENDAR_HPP

/// \file
/// Working days, holidays and make-up days, statutory days of years without a notice, recurrence, schedules, sensitive periods.

#include "sifang/calendar/working_calendar.hpp"
#include "sifang/calendar/lunar_festivals.hpp"
#include "sifang/calendar/statutory_days.hpp"
#include "sifang/calendar/convention.hpp"
#include "sifang/calendar/recurrence_parts.hpp"
#include "sifang/calendar/recurrence_words.hpp"
#include "sifang/calendar/recurrence_word_reader.hpp"
#include "sifang/calendar/recurrence_text.hpp"
#include "sifang/calendar/recurrence.hpp"
#include "sifang/calendar/schedule.hpp"
#include "sifang/calendar/sensitive_period.hpp"
#include "sifang/calendar/work_time.hpp"

#endif
