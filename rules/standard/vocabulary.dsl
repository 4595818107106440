# The sentences that rules may be written with, in files that end with .dslr.
#
# Left of `=` stands what is written, right of it what that means in the rule language. {share}, {days}, {hours}, {usd},
# {gbps}, {gib}, {vcpu} and {count} take the name of a parameter with that unit, or a number with its unit, such as
# `50 %` or `14 days`, which becomes a parameter of its rule. `{series:\S+}` takes one word. `{line}` is the line of the
# sentence.

# The machine
[when]The machine runs in the environment {environment:\S+}=$vm : Vm(tag("env") == "{environment}")
[when]The machine has the tag {tag} with the value {value}=$vm : Vm(tag("{tag}") == "{value}")
[when]The machine runs in the cloud {cloud:\S+}=$vm : Vm(cloud == "{cloud}")
[when]The machine runs in the region {region:\S+}=$vm : Vm(region == "{region}")
[when]The machine belongs to the group {group}=$vm : Vm(group == "{group}")
[when]The machine runs {series:\S+}=$vm : Vm(osSeries == "{series}")
[when]The machine has more than {vcpu}=Limit(name == "{vcpu}", $vcpu{line} : value) $vm : Vm(capacity.vcpu > $vcpu{line})
[when]There is the software {module}=SoftwareModule(name == "{module}")
[when]There is no software {module}=not SoftwareModule(name == "{module}")

# What it used
[when]The {measure:mean|p50|p90|p95|p99|p995|max} of {resource:processors|memory|storage|disk throughput|disk operations|network} stays below {share} of capacity for {days}=Limit(name == "{share}", $share{line} : value) Limit(name == "{days}", $days{line} : value) $vm : Vm() $use : Usage(resource == Resource.{resource!processors?CPU/memory?MEMORY/storage?STORAGE/disk throughput?DISK_THROUGHPUT/disk operations?DISK_IOPS/NETWORK}, {measure} < $vm.capacity.of(Resource.{resource!processors?CPU/memory?MEMORY/storage?STORAGE/disk throughput?DISK_THROUGHPUT/disk operations?DISK_IOPS/NETWORK}) * $share{line}, coveredDays >= $days{line})
[when]The {measure:mean|p50|p90|p95|p99|p995|max} of {resource:processors|memory|storage|disk throughput|disk operations|network} reaches {share} of capacity=Limit(name == "{share}", $share{line} : value) $vm : Vm() $use : Usage(resource == Resource.{resource!processors?CPU/memory?MEMORY/storage?STORAGE/disk throughput?DISK_THROUGHPUT/disk operations?DISK_IOPS/NETWORK}, {measure} >= $vm.capacity.of(Resource.{resource!processors?CPU/memory?MEMORY/storage?STORAGE/disk throughput?DISK_THROUGHPUT/disk operations?DISK_IOPS/NETWORK}) * $share{line})
[when]Nothing is known of the use of {resource:processors|memory|storage|disk throughput|disk operations|network}=not Usage(resource == Resource.{resource!processors?CPU/memory?MEMORY/storage?STORAGE/disk throughput?DISK_THROUGHPUT/disk operations?DISK_IOPS/NETWORK})

# What is asked for, taken together
[when]More than {share} of {resource:processors|memory|storage|disk throughput|disk operations|network} is asked for by nothing=Limit(name == "{share}", $share{line} : value) $demand : Demand(resource == Resource.{resource!processors?CPU/memory?MEMORY/storage?STORAGE/disk throughput?DISK_THROUGHPUT/disk operations?DISK_IOPS/NETWORK}, spareShare > $share{line})
[when]More {resource:processors|memory|storage|disk throughput|disk operations|network} is asked for than there is=$demand : Demand(resource == Resource.{resource!processors?CPU/memory?MEMORY/storage?STORAGE/disk throughput?DISK_THROUGHPUT/disk operations?DISK_IOPS/NETWORK}, required > have)
[when]It needs nothing=Vm() not Need()
[when]It needs something that a move brings=exists Need(solvedByMoving == true)
[when]Nothing that it needs is an obligation=not Need(solvedByMoving == true, obligation == true)

# A target on the shortlist
[when]A burstable target would have a mean processor use above {share}=Limit(name == "{share}", $most : value) $target : Projection(target.burstable == true, cpuMeanUtilisation > $most)
[when]A target costs more a month than was agreed=Sla($most : maxPriceUsdMonth) $target : Projection(priceUsdMonth > $most)
[when]A target would be saturated for longer than was agreed=Sla($most : maxSaturatedHoursMonth) $target : Projection(saturatedHoursMonth > $most)
[when]The risk of a target is above {risk}=Limit(name == "{risk}", $most : value) $target : Projection(risk > $most)
[when]A target was dismissed and the dismissal holds=$time : EvaluationTime() $no : Dismissal(holdsAt($time)) $target : Projection($no.rulesOut(target))
[when]A target costs more a month than a counter-offer allows=$time : EvaluationTime() CounterOffer(holdsAt($time), $most : maxPriceUsdMonth) $target : Projection(priceUsdMonth > $most)
[when]There is no target left=not Candidate()

# Conclusions
[then]Advise less of it=insert(Need.downgrade($demand));
[then]Advise more of it=insert(Need.upgrade($demand));
[then]Keep the machine, because {reason}=insert(Choice.keep("{reason}"));
[then]Say that too little is known, because {reason}=insert(Choice.insufficientData("{reason}"));
[then]Rule the target out for its processor credits=insert(Veto.above($target.target(), "mean processor use on a burstable class", $target.cpuMeanUtilisation(), $most, "of 1"));
[then]Rule the target out for its price=insert(Veto.above($target.target(), "the price", $target.priceUsdMonth(), $most, "USD/month"));
[then]Rule the target out for the price that was wanted=insert(Veto.above($target.target(), "the price", $target.priceUsdMonth(), $most, "USD/month"));
[then]Rule the target out for its saturation=insert(Veto.above($target.target(), "saturation", $target.saturatedHoursMonth(), $most, "h/month"));
[then]Rule the target out for its risk=insert(Veto.above($target.target(), "the risk", $target.risk(), $most, "of 4"));
[then]Rule the target out until the dismissal ends=insert(Veto.of($target.target(), $no.sentence()));
