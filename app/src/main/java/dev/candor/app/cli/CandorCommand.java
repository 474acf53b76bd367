package dev.candor.app.cli;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ScopeType;

/** {@code candor}: the commands below it do the work. */
@Command(
    name = "candor",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    description = "Load-tests LLM applications and tells the truth about them.",
    subcommands = {
      RunCommand.class,
      SimulateCommand.class,
      SoakCommand.class,
      SweepCommand.class,
      CacheCommand.class,
      CorpusCommand.class,
      EstimateCommand.class,
      MockCommand.class,
      AuditCommand.class,
      ProfileCommand.class,
      QuotaCommand.class,
      ReportCommand.class,
      ExportCommand.class,
      CompareCommand.class,
      HistoryCommand.class,
      PricesCommand.class,
      DoctorCommand.class,
      FitCommand.class,
      PlanCommand.class,
      ServeCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all thresholds held",
      "1:a threshold failed",
      "2:usage or scenario error",
      "3:the run could not be carried out",
      "4:INVALID: the client, not the server, was measured",
      "130:interrupted; what was measured is kept and reported"
    })
public final class CandorCommand {

  /** Runs the command line {@code args} and returns its exit code. */
  public static int execute(String... args) {
    CommandLine commandLine = new CommandLine(new CandorCommand());
    commandLine.setExecutionExceptionHandler(failures());
    if (args.length == 0) {
      commandLine.usage(System.out);
      return ExitCode.USAGE;
    }
    return commandLine.execute(args);
  }

  private static IExecutionExceptionHandler failures() {
    return (failure, commandLine, result) -> {
      PrintWriter err = commandLine.getErr();
      if (failure instanceof CandorException known && known.code() != ErrorCode.INTERNAL) {
        err.println("candor: " + known.getMessage());
        return ExitCode.of(known.code());
      }
      err.println("candor: this is a defect of Candor; please report it with the lines below.");
      failure.printStackTrace(err);
      return ExitCode.NOT_CARRIED_OUT;
    };
  }
}
