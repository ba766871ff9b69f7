// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RECEPTION_HPP
#define SIFANG_RECEPTION_HPP

/// \file
/// The four doors (四门四访): open-door reception, by-appointment visits, the household campaign, return visits.

#include "sifang/reception/session_kind.hpp"
#include "sifang/reception/setting.hpp"
#include "sifang/reception/session_series.hpp"
#include "sifang/reception/session_dates.hpp"
#include "sifang/reception/session_places.hpp"
#include "sifang/reception/plan.hpp"
#include "sifang/reception/duty_roster.hpp"
#include "sifang/reception/session_queue.hpp"
#include "sifang/reception/appointments.hpp"
#include "sifang/reception/campaign.hpp"
#include "sifang/reception/return_visits.hpp"

#endif
