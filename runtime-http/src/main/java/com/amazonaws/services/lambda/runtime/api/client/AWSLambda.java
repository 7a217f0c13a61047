package com.amazonaws.services.lambda.runtime.api.client;

import dev.hearth.cli.Main;

/**
 * Starts Hearth where an image's entry point names the vendor's runtime interface client: {@code java -cp
 * /opt/hearth/lib/hearth.jar com.amazonaws.services.lambda.runtime.api.client.AWSLambda example.App::handler}. The code is
 * in {@code LAMBDA_TASK_ROOT}, or in the working directory.
 */
public final class AWSLambda {

  private AWSLambda() {}

  /**
   * Serves a handler until the process is told to stop.
   *
   * @param args the handler, then options of {@code hearth run}, if any; without a handler it is that of {@code _HANDLER}
   */
  public static void main(String[] args) {
    boolean named = args.length > 0 && !args[0].startsWith("-");
    String[] run = new String[args.length + (named ? 4 : 3)];
    run[0] = "run";
    run[1] = "--contract";
    run[2] = "lambda";
    if (named) {
      run[3] = "--handler";
    }
    System.arraycopy(args, 0, run, run.length - args.length, args.length);
    Main.main(run);
  }
}
