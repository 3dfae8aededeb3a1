using ExchangeBus.Cli;

return await ExbusCommand.RunAsync(args, Console.Out, Console.Error);
