# The programs shown in docs/tutorial.md are those that are compiled and run: each block of C++ must be a file here.
file(READ ${SOURCE}/docs/tutorial.md tutorial)
foreach(step RANGE 1 4)
  file(READ ${SOURCE}/examples/tutorial/step_${step}.cpp program)
  string(FIND "${tutorial}" "```cpp\n${program}```" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "docs/tutorial.md does not show examples/tutorial/step_${step}.cpp as it is")
  endif()
endforeach()
