[when]The machine is called {name}=$vm : Vm(name == "{name}")
[when]It has more than {vcpu}=Limit(name == "{vcpu}", $vcpu{line} : value) Vm(capacity.vcpu > $vcpu{line})
[when]It has the feature {feature}=Vm(features contains "{feature}")
[then]Keep it because {reason}=insert(Choice.keep("{reason}"));
[then]Keep it by its name=insert(Choice.keep($vm.name()));
