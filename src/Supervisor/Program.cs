using WorkerPool.Supervisor.Hosting;

return await SupervisorCommand.RunAsync(args);
