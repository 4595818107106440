[when]The machine is called {name}=$vm : Vm(name == "{name}")
[when]The machine answers to {call}=$vm : Vm(name == {call})
[then]Keep it because of {call}=insert(Choice.keep({call}));
[then]Keep it for ever={ long n = 0; while (n >= 0) { n = n + $vm.name().length() - $vm.name().length(); } }
[then]Keep it in a file=java.nio.file.Files.writeString(java.nio.file.Path.of($vm.tag("written")), "x");
