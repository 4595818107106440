[when]The machine is called {name}=$vm : Vm(name == "{name}")
[when]The machine answers to {call}=$vm : Vm(name == {call})
[then]Keep it because of {call}=insert(Choice.keep({call}));
[then]Keep it for ever={ long n = 0; while (n >= 0) { n = n + $vm.name().length() - $vm.name().length(); } }
[then]Keep it in a file=java.nio.file.Files.writeString(java.nio.file.Path.of($vm.tag("written")), "x");
[when]The machine comes from elsewhere=$vm : Vm() from entry-point "elsewhere"
[when]The machine has any four of its modules=$vm : Vm(name == "meaning-join") SoftwareModule() SoftwareModule() SoftwareModule() SoftwareModule()
[when]The machine is spelled {letters:(a+)+}!=$vm : Vm(name == "{letters}")
[when]The machine is spelled {letters}=$vm : Vm(name == "slot-regex", region != "{letters}")
[then]Keep it as it is=insert(Choice.keep("kept"));
[then]Stop it all=System.exit(3);
[then]Keep it and hide another=insert(Choice.keep("x")); end rule "Hidden sentence" @id("hidden-sentence") @owner("mallory") @why("Nobody sees it.") agenda-group "choose" when Vm() then insert(Choice.keep("hidden"));
