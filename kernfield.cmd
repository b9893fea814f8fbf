@echo off
rem Kernfield from its sources: builds the distribution on first use, then starts it.
setlocal
set "ROOT=%~dp0"
if exist "%ROOT%runtime\target\kernfield\built" goto start
echo Building Kernfield (once) ... 1>&2
pushd "%ROOT%"
call mvn -B -q -pl runtime -am -DskipTests package 1>&2
if errorlevel 1 (
  popd
  echo kernfield: %ROOT%: the build failed; its messages are above 1>&2
  exit /b 1
)
popd
:start
call "%ROOT%runtime\target\kernfield\bin\kernfield.cmd" %*
exit /b %ERRORLEVEL%
