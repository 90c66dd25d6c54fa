package io.recupero.cli;

import io.recupero.notebook.Gateway;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What a notebook's kernel starts to reach this program; of no use to people. */
@Command(name = "gateway", hidden = true)
final class NotebooksGatewayCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Override
  public Integer call() throws IOException {
    Log.in(common.lake());
    Gateway.serve(common.out(), System.in);
    return 0;
  }
}
