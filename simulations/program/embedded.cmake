# Writes a source that has the scenarios and tables that ship as texts. Run with -DFOLDER=simulations -DOUTPUT=….
file(GLOB_RECURSE files RELATIVE ${FOLDER} ${FOLDER}/scenarios/*.toml ${FOLDER}/scenarios/*.csv ${FOLDER}/calibration/*.toml
  ${FOLDER}/calibration/*.csv ${FOLDER}/optimisation/*.toml)
list(SORT files)
set(rows "")
foreach(file IN LISTS files)
  file(READ ${FOLDER}/${file} text HEX)
  string(REGEX REPLACE "(..)" "\\\\x\\1" text "${text}")
  string(APPEND rows "    {\"${file}\", \"${text}\"sv},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"embedded.hpp\"\n\nnamespace sifang_program {\nnamespace {\nusing namespace std::literals;\n"
  "constexpr embedded_text texts[] = {\n${rows}};\n}  // namespace\n"
  "std::span<const embedded_text> embedded_texts() noexcept { return texts; }\n}  // namespace sifang_program\n")
