@echo off
rem Starts Kernfield from this distribution; see bin/kernfield for the environment it reads.
setlocal
for %%i in ("%~dp0..") do set "HERE=%%~fi"
set "JAVA="
if defined JAVA_HOME call :consider "%JAVA_HOME%"
for /d %%d in ("%ProgramFiles%\Eclipse Adoptium\jdk*" "%ProgramFiles%\Java\jdk*" "%ProgramFiles%\Microsoft\jdk*" "%ProgramFiles%\Zulu\zulu*") do call :consider "%%~d"
for /f "delims=" %%j in ('where java 2^>nul') do for %%d in ("%%~dpj..") do call :consider "%%~fd"
if not defined JAVA (
  echo kernfield: Java: no JDK 25 or newer was found; install one, for example Temurin 25 from https://adoptium.net, or set JAVA_HOME 1>&2
  exit /b 1
)
"%JAVA%" --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseParallelGC -XX:MaxRAMPercentage=50 -XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=2400 -XX:Tier4CompileThreshold=60000 -XX:Tier4BackEdgeThreshold=160000 -XX:Tier3DelayOn=1000 -XX:CompileCommand=quiet "-XX:CompileCommand=CompileThresholdScaling,org.kernfield.cpu.internal.*::run,0.0075" "-XX:SharedArchiveFile=%HERE%\lib\kernfield.jsa" -Xshare:auto -Xlog:cds=off -Xlog:cds+dynamic=off "-Djava.util.logging.config.file=%HERE%\etc\logging.properties" "-Dkernfield.distribution=%HERE%" %KERNFIELD_JVM_OPTIONS% -cp "%HERE%\lib\kernfield-launcher.jar" org.kernfield.launcher.Main %*
exit /b %ERRORLEVEL%

:consider
if defined JAVA exit /b 0
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "tokens=2 delims==" %%v in ('findstr /b "JAVA_VERSION=" "%~1\release"') do for /f "tokens=1 delims=.-+ " %%f in ("%%~v") do if %%f GEQ 25 set "JAVA=%~1\bin\java.exe"
exit /b 0
