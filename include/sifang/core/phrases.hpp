// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CORE_PHRASES_HPP
#define SIFANG_CORE_PHRASES_HPP

#include "sifang/core/when_called.hpp"

#include <cstddef>
#include <string>
#include <string_view>

/// \file
/// The words that stand in the details of faults ("a whole number"), in Chinese. A test looks for texts that are missing.

namespace sifang::detail {

struct phrase {
  // Parts stand in the same order in both: {} is taken over as it is, {n} too but is a number or a date, {p} is a phrase itself.
  std::string_view en, zh;
};

// A form stands before a more general one that fits the same text.
inline constexpr phrase phrases[] = {
    {"text", "文本"},
    {"text '{}'", "文本“{}”"},
    {"true or false", "true 或 false"},
    {"one word in quotes", "引号内的一个选项"},
    {"a whole number", "整数"},
    {"a whole number of minutes", "整数分钟"},
    {"a whole number of days", "整数天"},
    {"a number", "数字"},
    {"a date YYYY-MM-DD", "日期 YYYY-MM-DD"},
    {"where the value comes from, in words", "取值来源的文字说明"},
    {"one of A, S, K, I, C", "A、S、K、I、C 之一"},
    {"one of A, S, K, I, C in quotes", "加引号的 A、S、K、I、C 之一"},
    {"a table with mark and source", "写有标记与来源的表"},
    {"a clock time \"HH:MM\"", "时刻 \"HH:MM\""},
    {"a clock time HH:MM", "时刻 HH:MM"},
    {"one statement a line, in tables of their own", "每行一项、各表分写"},
    {"another way of writing", "其他写法"},
    {"a list of words in quotes", "引号内选项的列表"},
    {"who sits: roles, or posts", "接访人员的类别或职务"},
    {"where it is held: relations, kinds of unit, or units", "接访地点:与人员的关系、单位类型或单位"},
    {"a short name: a letter, then letters, digits, '_' or '-'", "以字母开头、只含字母、数字、“_”或“-”的简称"},
    {"a list of {} numbers", " {} 个数字的列表"},
    {"a list of dates", "日期列表"},
    {"a list of days", "逐日列表"},
    {"a record of a week or more", "至少一周的台账"},
    {"a shorter one", "更短"},
    {"standard input", "标准输入"},
    {"a list of tables", "表的列表"},
    {"a list of {}", " {} 项的列表"},
    {"a recurrence rule or a list of them", "重复规则或其列表"},
    {"a table [{}]", "表 [{}]"},
    {"a table of units", "单位表"},
    {"a table of posts", "职务表"},
    {"a table of links", "关系表"},
    {"a table of holidays", "节假日表"},
    {"a table of prefectures", "地级行政区划表"},
    {"a table of provinces", "省级行政区划表"},
    {"a table of counties", "县级行政区划表"},
    {"a table of townships", "乡级行政区划表"},
    {"a table of villages", "村级单位表"},
    {"a table with a header row", "带表头的表格"},
    {"a table", "表"},
    {"tables [[{}]]", "若干个 [[{}]] 表"},
    {"a scenario", "方案文件"},
    {"a case load", "案件记录表"},
    {"the mapping of a ledger", "台账对应文件"},
    // spreadsheets
    {"a whole .xlsx workbook", "完整的 .xlsx 工作簿"},
    {"an archive that is broken or cut short", "损坏或不完整的压缩包"},
    {"a part that is missing", "缺少部件"},
    {"a part that is broken", "部件损坏"},
    {"a workbook without a password", "未加密的工作簿"},
    {"an encrypted one", "已加密"},
    {"parts of at most {n} MiB", "每个部件不超过 {} MB"},
    {"a table of at most {n} MiB", "表格不超过 {} MB"},
    {"a longer one", "超出此限"},
    {"well-formed XML in the workbook", "工作簿中格式正确的 XML"},
    {"XML without a document type, which may define entities", "不含文档类型声明的 XML(其中可定义实体)"},
    {"XML in UTF-8", " UTF-8 编码的 XML"},
    // event logs
    {"well-formed XML", "格式正确的 XML"},
    {"a log of at most {n} MiB", "不超过 {} MB 的日志"},
    {"a log of the XES standard", "符合 XES 标准的日志"},
    {"another element", "其他元素"},
    {"elements within each other to a depth of {n}", "嵌套不超过 {} 层的元素"},
    {"a deeper one", "嵌套更深"},
    {"an attribute with a key and a value", "带有键和值的属性"},
    {"text without control characters", "不含控制字符的文本"},
    {"at most {n} attributes of a case or event", "每案或每个事件不超过 {} 项属性"},
    {"an attribute of the XES standard", "XES 标准所列的属性"},
    {"a value that is of the type {}", "类型为 {} 的值"},
    {"one that stands twice", "有键重复出现"},
    {"the number of the case", "案件编号"},
    {"the place of the case", "案件的地点"},
    {"the category of the case", "案件的类别"},
    {"how the case came in", "案件的来源"},
    {"the moment of the registration", "登记时刻"},
    {"a moment of the years 1 to 5999", "公元 1 年至 5999 年内的时刻"},
    {"a known word", "已知的词"},
    {"one", "含有此项"},
    {"another", "顺序不对"},
    {"another number", "其他序号"},
    {"no such sheet", "没有这样的工作表"},
    {"parts inside the workbook", "工作簿之内的部件"},
    {"a path that leads out of it", "指向其外的路径"},
    {"a workbook with a sheet that is not hidden", "含有未隐藏工作表的工作簿"},
    {"a sheet '{}'", "工作表“{}”"},
    {"sheets '{}'", "工作表“{}”"},
    {"a sheet with a table", "含有表格的工作表"},
    {"a string that the workbook has", "工作簿中已有的字符串"},
    {"rows in their order", "按顺序排列的行"},
    {"cells in their order", "按顺序排列的单元格"},
    {"the name of a cell, such as B12", "单元格名称,如“B12”"},
    {"at most {n} rows", "不超过 {} 行"},
    {"at most {n} columns", "不超过 {} 列"},
    // databases of results
    {"a database of results", "结果数据库"},
    {"a whole database of results", "完整的结果数据库"},
    {"one that is broken or cut short", "损坏或不完整"},
    {"a database of results of version {n}", "版本为 {} 的结果数据库"},
    {"version {n}", "版本 {}"},
    {"that of another program", "其他程序的数据库"},
    {"a database that nobody has open", "未被打开的数据库"},
    {"one in WAL mode", "处于 WAL 模式"},
    {"texts of at most {n} MiB", "不超过 {} MB 的文本"},
    {"texts in UTF-8", " UTF-8 编码的文本"},
    {"results whose parts fit together", "各部分相符的结果"},
    {"the table of a database of results", "结果数据库的表"},
    {"a view", "视图"},
    {"one of other columns", "列不相同的表"},
    {"no such table", "没有这样的表"},
    {"a row", "一行"},
    {"a row for each metric of each replication", "每次重复每个指标一行"},
    {"others", "其他各行"},
    {"no row", "没有行"},
    {"the position of a row", "某一行的位置"},
    {"the word of an interval", "区间种类的代号"},
    {"a share", " 0 与 1 之间的数"},
    {"results of run or compare", "“run”或“compare”的结果"},
    {"those of a sweep", "“sweep”的结果"},
    {"at most {n} figures", "不超过 {} 个数值"},
    {"a folder of results, or results.json", "结果文件夹或 results.json"},
    {"a database, which this program was built without", "数据库(本程序未带“SQLite”)"},
    {"a program that was built with SQLite", "带有“SQLite”的程序"},
    {"one without", "未带有的"},
    {"a database of the results beside it", "同一文件夹结果的数据库"},
    {"that of other results", "其他结果的数据库"},
    {"a table of merged places", "地点合并表"},
    // what an office hands on
    {"the workbook could not be put together in the folder of passing files", "无法在临时文件夹中生成工作簿"},
    {"'{}' filled in where '{}' is", "“{}”随“{}”一并填写"},
    {"a results file", "结果文件"},
    {"a results file in JSON", "JSON 格式的结果文件"},
    {"the path of a scenario", "方案文件路径"},
    {"the path of a table", "表格文件路径"},
    {"the short name of the category", "类别简称"},
    {"its name", "名称"},
    {"its value", "相应的值"},
    {"at least one table [[category]]", "至少一个 [[category]] 表"},
    {"a name that can be a folder's", "可用作目录名的名称"},
    {"a name that only one has", "唯一的名称"},
    {"'{}', which {} have", "“{}”,有 {} 项同名"},
    {"from {} to {}", "在 {} 至 {} 之间"},
    {"at least {}", "不小于 {}"},
    {"at most {n} matters on any day", "使每日事项不超过 {} 件"},
    {"at most {n} items of public sentiment in a campaign", "使一次活动的社情民意不超过 {} 件"},
    {"at most {n} matters in the simulated days", "使模拟期内事项不超过 {} 件"},
    {"{} on {n}", " {} 件({})"},
    {"at most {} scenarios that extend one another", "最多 {} 层相互扩展的方案"},
    {"at most {}", "不大于 {}"},
    {"that is finite", "是有限数"},
    {"with at least one weight above 0", "至少有一项大于 0"},
    {"only zeros", "全 0"},
    {"with at least one rule for what is held at all", "在举行时至少有一条规则"},
    {"an empty list", "空列表"},
    {"number of [[category]]", "[[category]] 表的个数"},
    {"number of [session.*]", "[session.*] 表的个数"},
    {"cells", "组合数"},
    {"more", "更多"},
    {"more of them", "更多"},
    {"faults", "问题"},
    {"faults of this kind", "同类问题"},
    {"{n} to {n}", " {} 至 {} "},
    {"{n}..{n}", " {} 至 {} "},
    {"the end of the line", "行尾"},
    {"the end of the file", "文件末尾"},
    {"something else", "其他内容"},
    {"a closing quote", "右引号"},
    {"a key of at most {} parts", "最多 {} 段的键"},
    {"values nested at most {} deep", "最多嵌套 {} 层的值"},
    {"a comma after the closing quote", "右引号后的逗号"},
    {"'{}' filled in", "“{}”已填写"},
    {"an empty field", "空字段"},
    {"value", "值"},
    {"a value (text and clock times stand in quotes)", "值(文本和时刻须加引号)"},
    {"a line key = value", "“键 = 值”形式的一行"},
    {"the name of a table", "表名"},
    {"each key once", "每个键只出现一次"},
    {"'{}' again", "“{}”重复出现"},
    {"comma or closing '{}'", "逗号或“{}”"},
    {"value or closing '{}'", "值或“{}”"},
    {"a comment or whitespace", "注释或空白"},
    {"bytes that are not text", "非文本字节"},
    {"the file", "文件"},
    {"an object", "对象"},
    {"an array", "数组"},
    {"an array of {}", " {} 项的数组"},
    {"object", "对象"},
    {"array", "数组"},
    {"string", "文本"},
    {"null or [numerator, denominator]", " null 或 [分子, 分母]"},
    {"null or [estimate, lower, upper]", " null 或 [估计值, 下限, 上限]"},
    {"null or [difference, lower, upper, variance ratio, verdict]", " null 或 [差值, 下限, 上限, 方差比, 结论]"},
    {"{p} below the header", "表头之下{}"},
    {"a row for each unit", "每个单位一行"},
    {"a row for each post", "每个职务一行"},
    {"a row for each link", "每个关系一行"},
    {"a row for each holiday and make-up workday", "每个节假日或调休日一行"},
    {"a table of holidays, or notices in JSON", "节假日表或 JSON 格式的放假安排"},
    {"JSON that ends early or breaks its rules", "不完整或不合语法的 JSON"},
    {"a list", "列表"},
    {"a date", "日期"},
    {"a row for each matter", "每件信访事项一行"},
    // settings of the command line
    {"key=value", "“键=值”的形式"},
    {"key=value|value|…", "“键=值|值|…”的形式"},
    {"each value once", "每个值只出现一次"},
    {"each parameter once", "每个参数只出现一次"},
    {"a parameter in which cells may differ", "各组合可以不同的参数"},
    // sizes of differences and intervals
    {"METRIC=SIZE, such as heard_15d=1pp", "“指标=大小”的形式,如“heard_15d=1pp”"},
    {"each metric once", "每个指标只出现一次"},
    {"{} twice", "“{}”出现两次"},
    {"a number above 0 with its unit, pp or %, such as 0.5pp", "大于 0 的数及其单位“pp”或“%”,如“0.5pp”"},
    {"a number above 0 with its unit, pp or %, or without one, such as 0.01", "大于 0 的数,可带单位“pp”或“%”,如 0.01"},
    {"a number above 0 with its unit, days or %, such as 0.5days", "大于 0 的数及其单位“days”或“%”,如“0.5days”"},
    {"a number above 0 with its unit, minutes or %, such as 2minutes", "大于 0 的数及其单位“minutes”或“%”,如“2minutes”"},
    {"a number above 0 with its unit, hours or %, such as 20hours", "大于 0 的数及其单位“hours”或“%”,如“20hours”"},
    {"a number above 0, or one with %, such as 10 or 2%", "大于 0 的数,或带 % 的数,如 10 或 2%"},
    // figures and parameters of a calibration
    {"figures and parameters", "指标与参数"},
    {"above {}", "大于 {}"},
    {"a figure with a weight above 0", "权重大于 0 的指标"},
    {"the dimension of the items", "各项所属的维度"},
    {"share = true with a count and a dimension", "“share = true”仅与计数及维度合用"},
    {"one item of what is neither a ratio nor a count", "仅一项(该指标既非比率也非计数)"},
    {"one number of the county, none of [scenario]", "一个数值参数([scenario] 之外)"},
    // histories
    {"replications from 0 on, such as 0,3-5", "重复序号(自 0 起),如 0,3-5"},
    {"an id as the ledger has it, such as 20220315-007", "台账中的案件编号,如 20220315-007"},
    // recurrence rules
    {"{} of whole numbers {n} to {n} without 0", " {}(取 {} 至 {} 之间的整数,0 除外)"},
    {"each part once", "每个部分只出现一次"},
    {"FREQ=DAILY, WEEKLY, MONTHLY or YEARLY", " FREQ=DAILY、WEEKLY、MONTHLY 或 YEARLY"},
    {"INTERVAL=1 to {n}", " INTERVAL=1 至 {}"},
    {"COUNT=1 to {n}", " COUNT=1 至 {}"},
    {"{}=YYYYMMDD", " {}=YYYYMMDD"},
    {"{}=YYYYMMDD of the years {n} to {n}", " {}=YYYYMMDD(年份在 {} 至 {} 之间)"},
    {"a rule of at most {n} characters", "不超过 {} 个字符的规则"},
    {"UNTIL not before DTSTART", " UNTIL 不早于 DTSTART"},
    {"WKST=MO, TU, WE, TH, FR, SA or SU", " WKST=MO、TU、WE、TH、FR、SA 或 SU"},
    {"BYSETPOS only with BYDAY, BYMONTHDAY or BYMONTH", "有 BYDAY、BYMONTHDAY 或 BYMONTH 时才用 BYSETPOS"},
    {"ordinals of BYDAY from {n} to {n}", " BYDAY 的序数在 {} 至 {} 之间"},
    {"a part BYDAY, BYMONTHDAY or DTSTART that says which day (a rule with ';' stands in quotes)",
     "用 BYDAY、BYMONTHDAY 或 DTSTART 说明是哪一天(含“;”的规则须加引号)"},
    {"no other part with every workday", "“每个工作日”不与其他部分同用"},
    {"words such as 'every Wednesday' or 'the 15th of each month', or a rule FREQ=WEEKLY;BYDAY=WE",
     "“每周三”“每月15日”等写法,或 FREQ=WEEKLY;BYDAY=WE 等规则"},
    {"a known form, perhaps '{}'", "已知的写法,是否应为“{}”"},
    {"BYDAY of MO, TU, WE, TH, FR, SA, SU with an optional ordinal", " BYDAY(取 MO、TU、WE、TH、FR、SA、SU,之前可带序数)"},
    {"a part FREQ, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, WKST, COUNT, UNTIL or DTSTART",
     " FREQ、INTERVAL、BYDAY、BYMONTHDAY、BYMONTH、BYSETPOS、WKST、COUNT、UNTIL 或 DTSTART 部分"},
    {"a part FREQ", "含有 FREQ 部分"},
    {"COUNT or UNTIL, not both", " COUNT 与 UNTIL 只用其一"},
    {"no BYMONTHDAY with FREQ=WEEKLY", " FREQ=WEEKLY 时不用 BYMONTHDAY"},
    {"ordinals of BYDAY only with FREQ=MONTHLY or YEARLY", "仅在 FREQ=MONTHLY 或 YEARLY 时 BYDAY 才带序数"},
    // journals and folders of results
    {"the journal of a run", "运行日志"},
    {"a journal of the same scenario, settings, seed, replications and build of the program",
     "方案、设置、随机种子、重复次数和程序构建均相同的运行日志"},
    {"that of: {}", "以下运行的日志:{}"},
    {"another file", "其他文件"},
    {"another run has it open", "另一运行正在使用"},
    {"the directory holds files that are no results", "目录中有结果以外的文件"},
    // reasons of the operating system
    {"No such file or directory", "文件或目录不存在"},
    {"Permission denied", "没有权限"},
    {"Operation not permitted", "不允许此操作"},
    {"Is a directory", "这是一个目录"},
    {"not a regular file", "不是普通文件"},
    {"Not a directory", "这不是目录"},
    {"Directory not empty", "目录不是空的"},
    {"File exists", "同名文件已存在"},
    {"File name too long", "文件名过长"},
    {"File too large", "文件过大"},
    {"Value too large for defined data type", "文件过大"},
    {"Read-only file system", "文件系统是只读的"},
    {"No space left on device", "磁盘空间不足"},
    {"Disk quota exceeded", "超出磁盘配额"},
    {"Too many open files", "打开的文件过多"},
    {"Too many open files in system", "系统打开的文件过多"},
    {"Too many links", "链接过多"},
    {"Too many levels of symbolic links", "符号链接层数过多"},
    {"Invalid cross-device link", "不能跨文件系统移动"},
    {"Invalid argument", "参数无效"},
    {"Input/output error", "读写出错"},
    {"Bad file descriptor", "文件未打开"},
    {"Illegal seek", "文件不能定位"},
    {"Broken pipe", "管道已断开"},
    {"Text file busy", "程序文件正在运行"},
    {"Device or resource busy", "设备或资源正被占用"},
    {"Resource temporarily unavailable", "资源暂时不可用"},
    {"No such device or address", "没有此设备或地址"},
    {"No such device", "没有此设备"},
    {"No locks available", "没有可用的文件锁"},
    {"Stale file handle", "文件已失效"},
    {"Cannot allocate memory", "内存不足"},
    {"Interrupted system call", "操作被中断"},
    {"Operation not supported", "不支持此操作"},
    {"Function not implemented", "系统没有此功能"},
    // what the TOML parser expected and saw
    {"control character", "非控制字符"},
    {"'\\n' after '\\r'", " '\\r' 之后的 '\\n'"},
    {"space or tab", "空格或制表符"},
    {"bare key starting character or string delimiter", "键的首字符或引号"},
    {"keys, tables, whitespace or comments", "键、表、空白或注释"},
    {"key-value pair", "键值对"},
    {"key-value pair or closing '{}'", "键值对或“{}”"},
    {"key or closing '{}'", "键或“{}”"},
    {"value-terminator", "值的结尾"},
    {"digit", "数字"},
    {"expected digit or sign", "数字或正负号"},
    {"decimal digit", "十进制数字"},
    {"decimal digit or '.'", "十进制数字或“.”"},
    {"decimal digit or exponent", "十进制数字或指数"},
    {"exponent digit", "指数的数字"},
    {"exponent decimal digit or sign", "指数的数字或正负号"},
    {"hex digit", "十六进制数字"},
    {"{n}-digit year", " {} 位数的年份"},
    {"{n}-digit month", " {} 位数的月份"},
    {"{n}-digit day", " {} 位数的日"},
    {"{n}-digit hour", " {} 位数的小时"},
    {"{n}-digit minute", " {} 位数的分钟"},
    {"{n}-digit second", " {} 位数的秒"},
    {"month between {n} and {n} (inclusive)", " {} 至 {} 的月份"},
    {"day between {n} and {n} (inclusive)", " {} 至 {} 的日"},
    {"hour between {n} to {n} (inclusive)", " {} 至 {} 的小时"},
    {"hour between {n} and {n} (inclusive)", " {} 至 {} 的小时"},
    {"minute between {n} and {n} (inclusive)", " {} 至 {} 的分钟"},
    {"second between {n} and {n} (inclusive)", " {} 至 {} 的秒"},
    {"fractional digits", "小数部分"},
    {"comma", "逗号"},
    {"closing '{}' (dangling comma)", "逗号之后的“{}”"},
    {"could not determine value type", "无法识别的值"},
    {"'{}' could not be interpreted as a value", "无法识别的值“{}”"},
    {"'{}' is not representable in 64 bits", "超出 64 位范围的“{}”"},
    {"exceeds length limit of {n} digits", "超过 {} 位的数"},
    {"exceeds length limit of {n} digits (consider using exponent notation)", "超过 {} 位的数"},
    {"numeric value too long to identify type - cannot exceed {n} characters", "超过 {} 个字符的数"},
    {"exceeded maximum nested value depth of {n} (TOML_MAX_NESTED_VALUES)", "嵌套超过 {} 层的值"},
    {"hexadecimal floating-point values are not supported in TOML 1.0.0 and earlier", "十六进制小数"},
    {"fractional component exceeds maximum precision of {n}", "小数部分超过 {} 位的秒"},
    {"leading zeroes are prohibited", "多余的前导零"},
    {"underscores may only follow digits", "不在数字之后的下划线"},
    {"underscores must be followed by digits", "之后没有数字的下划线"},
    {"values may not begin with underscores", "以下划线开头的值"},
    {"control characters other than TAB (U+0009) are explicitly prohibited", "控制字符"},
    {"control characters other than TAB (U+0009) are explicitly prohibited in comments", "注释中的控制字符"},
    {"unescaped control characters other than TAB (U+0009) are explicitly prohibited", "未转义的控制字符"},
    {"unicode surrogates (U+D800 - U+DFFF) are explicitly prohibited", "Unicode 代理码位"},
    {"values greater than U+10FFFF are invalid", "大于 U+10FFFF 的码位"},
    {"unknown escape sequence '{}'", "未知的转义序列“{}”"},
    {"escape sequence '{}' is not supported in TOML 1.0.0 and earlier", "不支持的转义序列“{}”"},
    {"line-ending backslashes must be the last non-whitespace character on the line", "行末反斜杠之后的其他字符"},
    {"vertical tabs '\\v' and form-feeds '\\f' are not legal line breaks in TOML", "纵向制表符或换页符"},
    {"multi-line strings are prohibited in keys", "键中的多行文本"},
    {"multi-line strings are prohibited in dotted keys", "键中的多行文本"},
    {"tables with blank bare keys are explicitly prohibited", "没有名称的表"},
    {"[[array-of-table]] brackets must be contiguous (i.e. [ [ this ] ] is prohibited)", "中间有空格的双方括号"},
    {"cannot insert '{}' into existing inline table", "在行内表之外另加的“{}”"},
    // rules that cannot be satisfied
    {"there is no Party school", "没有县委党校"},
    {"there is no principal leader", "没有主要领导"},
    {"there is no petition bureau", "没有信访局"},
    {"there is no county-level leader", "没有县处级领导"},
    {"{} is linked to no township and in charge of no department", "{} 既未挂钩乡镇也未分管县直单位"},
    {"{} has no county-level leader linked to it", "{} 没有县处级领导挂钩"},
    {"{} has no head", "{} 没有主要负责人"},
    {"{} has no team member linked to it", "{} 没有班子成员挂钩"},
    {"item {n} has no responsible person", "第 {} 号事项没有责任人"},
    {"item {n} has no timetable", "第 {} 号事项没有办理时限"},
    {"the county has no {p}", "全县没有{}"},
    {"the post {} belongs to no unit", "职务 {} 不属于任何单位"},
    {"village", "村(社区)"},
    {"population in its villages", "村(社区)人口"},
    {"petition bureau", "信访局"},
    {"{} has no village in the tables", "区划表中 {} 没有村(社区)"},
    {"no county has a village", "没有一个县有村(社区)"},
};

template <class = when_called>
[[nodiscard]] std::string in_chinese(std::string_view detail);

/// Fills `zh` from `text` if it has the form `en`. Parts are as short as the form allows.
template <class = when_called>
[[nodiscard]] inline bool translate(std::string_view text, std::string_view en, std::string_view zh, std::string& out) {
  std::string filled;
  while (true) {
    const std::size_t hole = en.find('{');
    if (hole == std::string_view::npos) {
      if (text != en) return false;
      out = filled.append(zh);
      return true;
    }
    if (!text.starts_with(en.substr(0, hole))) return false;
    const char kind = en[hole + 1];
    text.remove_prefix(hole);
    en.remove_prefix(en.find('}', hole) + 1);
    const std::string_view after = en.substr(0, en.find('{'));
    const bool last = after.size() == en.size();
    if (last && !text.ends_with(after)) return false;
    const std::size_t size = last ? text.size() - after.size() : text.find(after);
    if (size == std::string_view::npos || text.size() < after.size()) return false;
    const std::string_view part = text.substr(0, size);
    if (kind == 'n' && (part.empty() || part.find_first_not_of("0123456789-+.:") != std::string_view::npos)) return false;
    const std::size_t target = zh.find("{}");
    filled.append(zh.substr(0, target));
    if (kind == 'p')
      filled += in_chinese(part);
    else
      filled += part;
    zh.remove_prefix(target + 2);
    text.remove_prefix(size);
  }
}

/// The detail of a fault in Chinese; what is no known phrase (a key, a number, a name) stays as it is.
template <class When>
[[nodiscard]] inline std::string in_chinese(std::string_view detail) {
  std::string out;
  for (const phrase& p : phrases) {
    if (translate(detail, p.en, p.zh, out)) return out;
  }
  return std::string(detail);
}

/// Whether a text is not a single word, so that a phrase like it is one and not a value that somebody wrote without quotes.
template <class = when_called>
[[nodiscard]] constexpr bool is_no_bare_word(std::string_view text) noexcept {
  return text.find(' ') != std::string_view::npos || text == "comma";
}

}  // namespace sifang::detail

#endif
