namespace ExchangeBus.LocalServers.Private;

internal static class TemporaryFolder
{
    /// <summary>The temporary folder, unless we are root and it is one that the servers' users cannot enter (pam_tmpdir makes such).</summary>
    public static string ForServers()
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetTempPath());
        if (!Environment.IsPrivilegedProcess)
            return folder;
        for (var part = new DirectoryInfo(folder); part is not null; part = part.Parent)
        {
            if ((part.UnixFileMode & UnixFileMode.OtherExecute) == 0)
                return "/tmp";
        }

        return folder;
    }
}
