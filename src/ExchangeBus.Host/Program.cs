using ExchangeBus.Host;

Environment.SetEnvironmentVariable("MASSTRANSIT_USAGE_TELEMETRY", "false");
return args.Contains("--migrate")
    ? await HostProgram.MigrateAsync(args)
    : await HostProgram.RunAsync(args);
