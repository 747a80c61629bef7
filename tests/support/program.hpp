#pragma once
// Runs the built program, as a user would: through a shell, in a clean environment.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace heapyard::test {

struct ProgramRun {
  int exit_code = -1;  ///< 128 and more: ended by a signal
  std::string out;
  std::string err;
};

/// A directory that is gone when the test ends.
class ScratchDirectory {
 public:
  ScratchDirectory()
      : path_(std::filesystem::temp_directory_path() / ("heapyard-test-" + std::to_string(std::random_device{}()))) {
    std::filesystem::create_directories(path_);
  }
  ~ScratchDirectory() { std::filesystem::remove_all(path_); }
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;

  std::string file(const std::string& name) const { return (path_ / name).string(); }

  /// Writes a file and returns its path.
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(file(name), std::ios::binary) << text;
    return file(name);
  }
  std::string read(const std::string& name) const {
    std::ifstream stream(file(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  }

 private:
  std::filesystem::path path_;
};

inline int exit_code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Runs `command` in sh, where `$HEAPYARD` is the program; `environment` is all there is beside PATH: `A=1 B=2`.
inline ProgramRun run_shell(const std::string& command, const std::string& input = "",
                            const std::string& environment = "LANG=C.UTF-8") {
  const ScratchDirectory scratch;
  const std::string script = scratch.write("script", command + "\n");
  const std::string line = "env -i PATH=\"$PATH\" HEAPYARD='" HEAPYARD_PROGRAM "' " + environment + " sh '" + script +
                           "' <'" + scratch.write("in", input) + "' >'" + scratch.file("out") + "' 2>'" +
                           scratch.file("err") + "'";
  const int status = std::system(line.c_str());
  return {exit_code_of(status), scratch.read("out"), scratch.read("err")};
}

/// Runs the program with these arguments, quoted as for a shell.
inline ProgramRun run_program(const std::string& arguments, const std::string& input = "",
                              const std::string& environment = "LANG=C.UTF-8") {
  return run_shell("exec \"$HEAPYARD\" " + arguments, input, environment);
}

/// All that the program writes when its streams are a terminal. `input` is typed before it is read.
inline ProgramRun run_in_terminal(const std::string& arguments, const std::string& environment,
                                  const std::string& input = "") {
  const int master = posix_openpt(O_RDWR | O_NOCTTY);
  if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0) return {};
  const std::string slave_name = ptsname(master);
  const pid_t child = fork();
  if (child == 0) {
    setsid();
    const int slave = open(slave_name.c_str(), O_RDWR);
    for (const int stream : {0, 1, 2}) dup2(slave, stream);
    const std::string line = "exec env -i PATH=\"$PATH\" " + environment + " '" HEAPYARD_PROGRAM "' " + arguments;
    execl("/bin/sh", "sh", "-c", line.c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  ProgramRun run;
  if (!input.empty() && write(master, input.data(), input.size()) < 0) return run;
  char buffer[4096];
  ssize_t bytes = 0;
  while ((bytes = read(master, buffer, sizeof buffer)) > 0) run.out.append(buffer, static_cast<std::size_t>(bytes));
  int status = 0;
  waitpid(child, &status, 0);
  close(master);
  run.exit_code = exit_code_of(status);
  return run;
}

}  // namespace heapyard::test
