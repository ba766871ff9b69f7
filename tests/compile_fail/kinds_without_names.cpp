// SPDX-License-Identifier: BSL-1.0
// An organisation whose kinds of unit have no names.
#include "sifang/org/organisation.hpp"

enum class tent { big, small };
struct camp_site {
  std::string name;
  tent kind;
};
struct camp : sifang::county_traits {
  using unit_type = camp_site;
};
sifang::basic_organisation<camp> mistake;
