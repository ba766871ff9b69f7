// SPDX-License-Identifier: BSL-1.0
#include "command_table.hpp"

#include <array>

namespace sifang_program {

namespace {

constexpr both_languages no_value{};
constexpr both_languages folder{"FOLDER", "文件夹"};
constexpr both_languages file{"FILE", "文件"};
constexpr both_languages count{"N", "数目"};
constexpr both_languages date{"DATE", "日期"};
constexpr both_languages setting{"KEY=VALUE", "键=值"};
constexpr both_languages scenario{"SCENARIO", "方案"};
constexpr both_languages scenario_about{"Scenario file, or the name of one that ships (sifang list)",
                                        "方案文件,或自带方案的名称(见 sifang list)"};

constexpr std::size_t any_number = static_cast<std::size_t>(-1);
constexpr std::array<std::string_view, 2> formats{"table", "csv"};
constexpr std::array<std::string_view, 2> link_rules{"balanced", "by-load"};
constexpr std::array<std::string_view, 2> languages{"zh", "en"};

constexpr option_row set_parameter{
    "--set", 's', setting, {"Set a parameter (may be repeated)", "设定一个参数(可重复)"}, texts{&options::settings}};
constexpr option_row cases{"--cases",
                           0,
                           file,
                           {"Replay a recorded ledger (CSV, or a sheet as FILE#SHEET; - is standard input) instead of generating cases",
                            "重放已记录的台账(CSV,或电子表格“文件#工作表”;- 为标准输入),不再随机生成"},
                           one_text{&options::cases}};
constexpr option_row ledger_mapping{
    "--map",
    0,
    file,
    {"How the ledger is read: columns and words (see sifang ledger)", "台账的读法:各列与各词(见 sifang ledger)"},
    one_text{&options::map}};
constexpr option_row skip_bad{"--skip-bad",
                              0,
                              no_value,
                              {"Use the rows of the ledger that can be used where others cannot", "台账中有行不能使用时,只用其余各行"},
                              flag{&options::skip_bad}};
constexpr option_row out{
    "--out", 'o', folder, {"Folder for the results (default: out/NAME)", "结果文件夹(默认:out/方案名)"}, one_text{&options::out}};
constexpr option_row force{
    "--force", 'f', no_value, {"Replace results that are already in the folder", "覆盖文件夹中已有的结果"}, flag{&options::force}};
constexpr option_row replications{"--replications",
                                  'n',
                                  count,
                                  {"Years to simulate (default: the scenario's)", "模拟的年数(默认:方案所定)"},
                                  whole_number{[](options& o, int n) { o.replications = n; }, 1, 1000000}};
constexpr option_row threads{"--threads",
                             'j',
                             count,
                             {"Threads (default: all, or one in each rank of mpirun; results do not depend on it)",
                              "线程数(默认:全部;mpirun 下每进程一个;结果与此无关)"},
                             whole_number{[](options& o, int n) { o.threads = n; }, 1, 4096}};
constexpr option_row resume{"--resume",
                            0,
                            no_value,
                            {"Go on with a run that was stopped or killed: keeps a journal beside the results (sweep always does)",
                             "继续已中止的运行:在结果旁保留日志(sweep 总是保留)"},
                            flag{&options::resume}};
constexpr option_row quiet{"--quiet", 0, no_value, {"Print nothing but faults", "除错误外不输出任何内容"}, flag{&options::quiet}};
constexpr option_row stats{
    "--stats",
    0,
    no_value,
    {"Say at the end what it took: time, memory, bytes for each open case", "结束时报告用时、内存及每件在办案件所占字节"},
    flag{&options::stats}};

constexpr option_row audit{"--audit",
                           0,
                           no_value,
                           {"Play the years once more and look at every case after each day; exit code 3 if anything cannot be",
                            "再模拟一遍并逐日核查全部案件;如有不合逻辑之处,退出码为 3"},
                           flag{&options::audit}};

// Histories of cases: which files, and of which replications.
constexpr option_row cases_out{
    "--cases-out", 0, file, {"Write the ledger too: a row a case (CSV)", "另写出台账:每案一行(CSV)"}, one_text{&options::cases_out}};
constexpr option_row events_out{"--events-out",
                                0,
                                file,
                                {"Write every event too: a row an event and session (CSV)", "另写出全部事件:每个事件、每场接访一行(CSV)"},
                                one_text{&options::events_out}};
constexpr option_row histories{"--histories",
                               0,
                               {"0,3-5", "0,3-5"},
                               {"Replications whose ledger and events are written (default: 0)", "写出台账和事件的重复序号(默认:0)"},
                               one_text{&options::histories}};

constexpr option_row check_options[] = {
    set_parameter,
    {"--all",
     0,
     no_value,
     {"List every parameter, not only those that differ from the defaults", "列出全部参数,不限于与默认值不同者"},
     flag{&options::all}},
    {"--reference",
     0,
     no_value,
     {"Print the reference of all parameters (Markdown) instead", "改为输出全部参数的说明(Markdown)"},
     flag{&options::reference}},
};
constexpr option_row run_options[] = {set_parameter, cases, ledger_mapping, skip_bad, out,       force,      replications, threads,
                                      resume,        quiet, stats,          audit,    cases_out, events_out, histories};
constexpr option_row compare_options[] = {
    {"--set",
     's',
     setting,
     {"A variant of the base, several settings joined by ' && '; each --set is one policy",
      "基准的一个变体,多项设定以“ && ”相连;每个 --set 为一个方案"},
     texts{&options::settings}},
    {"--common", 0, setting, {"A setting for every policy (may be repeated)", "对所有方案的设定(可重复)"}, texts{&options::common}},
    cases,
    ledger_mapping,
    skip_bad,
    out,
    force,
    replications,
    threads,
    resume,
    quiet,
    stats,
    cases_out,
    events_out,
    histories,
};
constexpr option_row sweep_options[] = {
    {"--vary",
     0,
     {"KEY=VALUE|VALUE|…", "键=值|值|…"},
     {"A parameter and its values (may be repeated: every combination is a cell)", "一个参数及其各个值(可重复:每种搭配为一个组合)"},
     texts{&options::vary},
     true},
    {"--set", 's', setting, {"A setting for every cell (may be repeated)", "对所有组合的设定(可重复)"}, texts{&options::settings}},
    cases,
    ledger_mapping,
    skip_bad,
    out,
    force,
    replications,
    threads,
    resume,
    quiet,
    stats,
};
constexpr option_row divisions{"--divisions",
                               0,
                               folder,
                               {"Folder with provinces.csv, areas.csv, streets.csv and villages.csv",
                                "含 provinces.csv、areas.csv、streets.csv、villages.csv 的文件夹"},
                               one_text{&options::divisions},
                               true};
constexpr option_row nation_options[] = {
    divisions, set_parameter, out, force, replications, threads, resume, quiet, stats,
};
constexpr option_row calibrate_options[] = {
    {"--targets",
     0,
     file,
     {"Known figures and the parameters to be fitted to them (TOML), or the name of a file that ships",
      "已知指标及待拟合的参数(TOML),或自带文件的名称"},
     one_text{&options::targets},
     true},
    set_parameter,
    cases,
    out,
    force,
    replications,
    threads,
    quiet,
    stats,
};
constexpr option_row report_options[] = {
    {"--out",
     'o',
     file,
     {"File to write (default: report.html in the folder)", "写入的文件(默认:该文件夹中的 report.html)"},
     one_text{&options::out}},
};
constexpr option_row roster_options[] = {
    set_parameter,
    {"--from", 0, date, {"First day, YYYY-MM-DD (default: the scenario's)", "首日,YYYY-MM-DD(默认:方案所定)"}, one_text{&options::from}},
    {"--to", 0, date, {"Last day, YYYY-MM-DD (default: the scenario's)", "末日,YYYY-MM-DD(默认:方案所定)"}, one_text{&options::to}},
    {"--format",
     0,
     {"table|csv", "table|csv"},
     {"Table for the eye, or CSV (default: table)", "表格或 CSV(默认:table)"},
     one_of{&options::format, formats}},
    {"--all", 0, no_value, {"Village and section sessions too", "也列出村级与科室的接访"}, flag{&options::all}},
};
constexpr option_row replication_number{"--replication",
                                        0,
                                        count,
                                        {"Which possible year, from 0 on (default: 0)", "第几次重复,自 0 起(默认:0)"},
                                        whole_number{[](options& o, int n) { o.replication = n; }, 0, 999999}};
constexpr option_row story_options[] = {
    {"--case",
     0,
     {"ID", "编号"},
     {"The case, as the ledger has it, 20220315-007", "案件编号,与台账相同,如 20220315-007"},
     one_text{&options::case_name},
     true},
    replication_number,
    set_parameter,
    cases,
    ledger_mapping,
    skip_bad,
};
constexpr option_row office_options[] = {replication_number, set_parameter, cases, ledger_mapping, skip_bad, out, force, quiet};
constexpr option_row ledger_options[] = {
    ledger_mapping,
    {"--out",
     'o',
     file,
     {"Write the mapping, to be edited and given with --map", "写出对应文件,修改后用 --map 指定"},
     one_text{&options::out}},
    {"--rejected",
     0,
     file,
     {"Write which cells cannot be used: row, column, reason (CSV)", "写出不能使用的单元格:行、列、原因(CSV)"},
     one_text{&options::rejected}},
    set_parameter,
    {"--force", 'f', no_value, {"Replace files that are there already", "覆盖已有的文件"}, flag{&options::force}},
};
constexpr option_row anonymise_options[] = {
    {"--out", 'o', file, {"File to write", "写入的文件"}, one_text{&options::out}, true},
    {"--key",
     0,
     file,
     {"File with the key of the hashes, 16 bytes or more; the same key links files (default: one of one use)",
      "散列密钥文件,至少 16 字节;同一密钥可使各文件相互对应(默认:一次性密钥)"},
     one_text{&options::key}},
    {"--shift-dates",
     0,
     no_value,
     {"Move all dates by the same number of whole weeks", "将全部日期平移同样的整周数"},
     flag{&options::shift_dates}},
    ledger_mapping,
    {"--force", 'f', no_value, {"Replace a file that is there already", "覆盖已有的文件"}, flag{&options::force}},
    quiet,
};
constexpr option_row forecast_options[] = {
    {"--on",
     0,
     date,
     {"Day of the forecast, YYYY-MM-DD: the ledger is used as it stood at its close", "预测日,YYYY-MM-DD:只用截至该日日终的台账"},
     one_text{&options::on},
     true},
    {"--out",
     'o',
     file,
     {"Write every open case: due day, probability, reasons (CSV)", "写出全部在办案件:期限、概率、原因(CSV)"},
     one_text{&options::out}},
    {"--units-out",
     0,
     file,
     {"Write the sums by unit, with one more handler too (CSV)", "写出按责任单位的合计,含增加一名承办人员(CSV)"},
     one_text{&options::units_out}},
    {"--past",
     0,
     no_value,
     {"Say how forecasts from the Mondays of the ledger's second half came true, too", "另说明自台账后半期各周一所作预测的应验情况"},
     flag{&options::past}},
    {"--all", 0, no_value, {"Show every row, not only the first", "显示全部各行,不限于前若干行"}, flag{&options::all}},
    set_parameter,
    ledger_mapping,
    skip_bad,
    {"--force", 'f', no_value, {"Replace files that are there already", "覆盖已有的文件"}, flag{&options::force}},
    quiet,
};
constexpr option_row divisions_of_new = [] {
  option_row row = divisions;
  row.needed = false;  // or a table
  return row;
}();
constexpr option_row new_options[] = {
    divisions_of_new,
    {"--table",
     0,
     file,
     {"Take the county from a table of your own instead (CSV: code, name, parent, kind; perhaps population, distance_km)",
      "改用自备的单位表(CSV:code、name、parent、kind,可有 population、distance_km)"},
     one_text{&options::table}},
    {"--template",
     0,
     scenario,
     {"Scenario whose rules, departments and posts the county takes over (default: xiapu-2022)",
      "沿用其规则、部门和职务的方案(默认:xiapu-2022)"},
     one_text{&options::model}},
    {"--population",
     0,
     count,
     {"Inhabitants of the county (default: the country's mean for each village, marked as assumed)",
      "全县人口(默认:每村取全国平均,标为推定)"},
     whole_number{[](options& o, int n) { o.population = n; }, 1, 100000000}},
    {"--links",
     0,
     {"RULE", "规则"},
     {"How townships are dealt among leaders, and villages among team members: balanced or by-load (default: balanced)",
      "乡镇在县领导、村在班子成员之间如何分配挂钩:均衡 balanced 或按工作量 by-load(默认:balanced)"},
     one_of{&options::links, link_rules}},
    {"--out", 'o', folder, {"Folder to write (default: county-CODE)", "写入的文件夹(默认:county-代码)"}, one_text{&options::out}},
    {"--force", 'f', no_value, {"Replace a county that was drafted there before", "覆盖该文件夹中先前生成的县"}, flag{&options::force}},
    quiet,
};
constexpr option_row migrate_options[] = {
    {"--out", 'o', file, {"File to write (default: standard output)", "写入的文件(默认:标准输出)"}, one_text{&options::out}},
    {"--force", 'f', no_value, {"Replace a file that is there already", "覆盖已有的文件"}, flag{&options::force}},
};
constexpr option_row theory_options[] = {
    {"--replications",
     'n',
     count,
     {"Replications of each model (default: 30)", "每个模型的重复次数(默认:30)"},
     whole_number{[](options& o, int n) { o.replications = n; }, 2, 100000}},
};

constexpr verb_row rows[] = {
    {"run",
     &run,
     true,
     {"Simulate one policy and write results and report", "模拟一个方案,写出结果与报告"},
     scenario,
     scenario_about,
     1,
     1,
     run_options},
    {"compare",
     &compare,
     true,
     {"Simulate policies side by side on common random numbers", "用同样的随机数并列模拟多个方案"},
     scenario,
     {"Scenario files or names; the first is the base", "方案文件或名称;第一个为基准"},
     1,
     any_number,
     compare_options},
    {"sweep",
     &sweep,
     true,
     {"Simulate a grid of settings, each cell compared with the first", "模拟一组参数搭配,逐个与第一个比较"},
     scenario,
     scenario_about,
     1,
     1,
     sweep_options},
    {"nation",
     &nation,
     true,
     {"Play every county of a country's division tables under one scenario", "在同一方案下模拟行政区划表中的每个县"},
     scenario,
     scenario_about,
     1,
     1,
     nation_options},
    {"calibrate",
     &calibrate,
     false,
     {"Fit unknown parameters to known figures, and say which figures fix which parameter",
      "用已知指标拟合未知参数,并说明哪些指标确定哪个参数"},
     scenario,
     scenario_about,
     1,
     1,
     calibrate_options},
    {"list",
     &list,
     false,
     {"The scenarios that ship: name, title, what each extends", "自带的方案:名称、标题、所继承的方案"},
     {},
     {},
     0,
     0,
     {}},
    {"check",
     &check,
     false,
     {"Check a scenario and say what its parameters mean", "检查方案,并说明各参数的含义"},
     scenario,
     scenario_about,
     0,
     1,
     check_options},
    {"roster", &roster, false, {"Who sits when and where", "谁在何时何地接访"}, scenario, scenario_about, 1, 1, roster_options},
    {"story",
     &story,
     false,
     {"What happened to one case, a line an event", "一件案件的始末,每个事件一行"},
     scenario,
     scenario_about,
     1,
     1,
     story_options},
    {"office",
     &office,
     false,
     {"Write the tables that an office keeps of one possible year: rates by unit and month, what is due, who owns what",
      "写出一次模拟的办公报表:三率、超期临期、重复与积案、包案台账、挂图、回访等"},
     scenario,
     scenario_about,
     1,
     1,
     office_options},
    {"ledger",
     &ledger,
     false,
     {"Show how a bureau's ledger is read under a scenario, and keep it as a mapping", "显示某方案下信访台账的读法,并可存为对应文件"},
     {"LEDGER SCENARIO", "台账 方案"},
     {"Ledger (CSV, spreadsheet, or - for standard input), and the scenario it is for", "台账(CSV、电子表格;- 为标准输入)及其方案"},
     2,
     2,
     ledger_options},
    {"forecast",
     &forecast,
     false,
     {"Say which open cases of a ledger are likely to be late, when and why, by unit", "预测台账中哪些在办案件可能逾期、何时、为何,并按责任单位汇总"},
     {"LEDGER SCENARIO", "台账 方案"},
     {"Ledger (CSV, spreadsheet, or - for standard input), and the scenario whose county, limits and handlers it is for",
      "台账(CSV、电子表格;- 为标准输入),及其县、期限与承办人员所依的方案"},
     2,
     2,
     forecast_options},
    {"anonymise",
     &anonymise,
     false,
     {"Write a copy of a ledger that can be shared: no names, numbers or stories, hashes for cases and people",
      "写出可共享的台账:不含姓名、号码与叙述,案件和人以散列值代替"},
     {"LEDGER [SCENARIO]", "台账 [方案]"},
     {"Ledger (CSV, spreadsheet, or - for standard input), and the scenario whose county and categories it has",
      "台账(CSV、电子表格;- 为标准输入),及其所属县与类别的方案"},
     1,
     2,
     anonymise_options},
    {"new",
     &new_county_of,
     false,
     {"Draft a scenario and its tables for a county of the division tables", "为区划表中的一个县生成方案及各表的初稿"},
     {"COUNTY", "县"},
     {"Code of 6 or 12 digits, or name, with its prefecture before it where several share it", "代码或名称:350821、长汀县、南京市鼓楼区"},
     0,
     1,
     new_options},
    {"migrate",
     &migrate,
     false,
     {"Write a scenario file of an older format anew", "把旧格式的方案文件改写为新格式"},
     file,
     {"Scenario file", "方案文件"},
     1,
     1,
     migrate_options},
    {"report",
     &report,
     false,
     {"Write the HTML report of results again, in another language perhaps", "重新写出结果的 HTML 报告,可换一种语言"},
     folder,
     {"Folder with results", "存有结果的文件夹"},
     1,
     1,
     report_options},
    {"theory",
     &theory,
     false,
     {"Simulated values beside exact ones, for models that have exact answers", "对有精确解的模型,并列模拟值与精确值"},
     {},
     {},
     0,
     0,
     theory_options},
};

constexpr option_row language_row{
    "--lang",
    0,
    {"zh|en", "zh|en"},
    {"Language of messages and report (default: that of the environment)", "提示与报告的语言(默认:按系统环境)"},
    one_of{nullptr, languages}};

}  // namespace

std::span<const verb_row> verbs() noexcept { return rows; }
const option_row& language_option() noexcept { return language_row; }

}  // namespace sifang_program
